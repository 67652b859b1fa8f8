"""Running queries: the guard, the cache, and what happens in between."""
