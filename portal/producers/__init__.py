"""Producers try their messages here, before anyone is to rely on them."""
