"""SKN Annotator: paint objects on one frame of a video, a space-time-memory network carries the masks on."""

__version__ = "0.1.0"
