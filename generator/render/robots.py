"""robots.txt: everything may be read, and where the sitemap is."""

from __future__ import annotations

from urllib.parse import urljoin

from generator.model import SiteFile


def robots(site_url: str) -> SiteFile:
    """robots.txt of the site."""
    return SiteFile("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {urljoin(site_url, 'sitemap.xml')}\n".encode())
