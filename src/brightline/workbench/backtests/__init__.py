"""Back-tests in the workbench: decided cases kept on files, reports of what a version would do."""
