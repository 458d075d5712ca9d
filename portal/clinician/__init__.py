"""The pages of health personnel."""
