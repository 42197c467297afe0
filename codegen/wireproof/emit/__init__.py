"""Generated trees: targets, names, reconciled writes."""
