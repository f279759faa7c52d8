"""The workbench in the browser: the same answers as the command line, sent to a page on one's own machine."""
