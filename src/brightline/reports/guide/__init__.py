"""The guideline that people read: a website and PDFs made from a rulebook alone."""
