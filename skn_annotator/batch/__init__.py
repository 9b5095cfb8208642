"""Many videos, each propagated by a process of its own: on this machine, or on a Dask cluster."""
