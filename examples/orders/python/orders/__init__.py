"""The order desk: its database, its routes and its jobs."""
