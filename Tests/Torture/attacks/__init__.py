"""What hostile peers do on the socket, one file for each kind; `peers.py` and `frames.py` send them."""
