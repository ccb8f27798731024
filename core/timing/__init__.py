"""When: moments typed in words, repetitions, and the hours in which a municipality lets messages out."""
