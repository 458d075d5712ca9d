"""What other systems meet: they send their messages here."""
