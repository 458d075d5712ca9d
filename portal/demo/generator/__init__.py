"""Synthetic courses of disease, and the KITH messages laboratories send about them."""
