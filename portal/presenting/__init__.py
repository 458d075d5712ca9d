"""How what the door returns is shown, in plain values: one module per noun."""
