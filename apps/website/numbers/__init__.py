"""What websites count: how often each listing was looked at and asked about, by day."""
