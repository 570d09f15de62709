"""What runs inside the profiled program. A package, so that no module of the program is shadowed."""
