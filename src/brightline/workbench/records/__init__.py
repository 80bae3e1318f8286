"""What happened, for whoever asks: the pages of the log, and the check of it all."""
