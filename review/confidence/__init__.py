"""How sure a flag is: weighed evidence turned into a calibrated probability."""
