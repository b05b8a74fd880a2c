"""Inputs that were made to do harm, as cases of `readers.py`."""
from hostile import archives, files, pages, texts
from hostile.case import CASES, Case

__all__ = ["CASES", "Case", "archives", "files", "pages", "texts"]
