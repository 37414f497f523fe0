"""Files to clean text with offsets."""
