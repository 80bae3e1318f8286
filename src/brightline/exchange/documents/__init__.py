"""A document that people wrote, DOCX or any workbook, as a first draft of an SOP."""
