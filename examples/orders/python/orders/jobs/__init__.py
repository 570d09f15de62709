"""What runs at night or by hand: the export, the price import and the carrier's tracking."""
