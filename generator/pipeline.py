"""The story on one page: a source page to its articles, and all articles to the files of the site."""
