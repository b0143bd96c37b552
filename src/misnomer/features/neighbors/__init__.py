"""Which images are alike: the nearest neighbours of every vector, and what they say about each sample."""
