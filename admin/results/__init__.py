"""Results of campaigns: figures with charts, texts, individual answers of named surveys, files."""
