"""Vectors to a plane, such that similar ones lie together: the map."""
