"""URLs: their parts and how they are quoted."""
