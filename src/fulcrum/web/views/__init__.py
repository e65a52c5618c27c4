"""The pages, one file a family. Each file ends with its routes and their policies."""
