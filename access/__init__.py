"""Who may see what, and why; and the proof afterwards."""
