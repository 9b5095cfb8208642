"""What scripts get from `skn_annotator` that no other package has; its `__init__.py` lists everything."""
