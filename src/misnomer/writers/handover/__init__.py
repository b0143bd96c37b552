"""Selections of samples in the forms that labelling and review tools read; a file a tool."""
