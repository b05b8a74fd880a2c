"""danvan-fetch: feeds and pages from the network as documents for `dvctl ingest -`.

Needs the extra `danvan[fetch]`; the client of danvand does not.
"""
