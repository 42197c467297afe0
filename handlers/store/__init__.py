"""What Northgate keeps on disk for the trading core."""
