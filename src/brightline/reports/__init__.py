"""What is handed on: pages to read and print, and files for the tools of others."""
