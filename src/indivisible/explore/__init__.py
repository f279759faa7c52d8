"""Search: which arrangements leave nobody worse off, and the proof where none does."""
