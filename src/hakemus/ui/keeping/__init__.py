"""What the window does so that nothing is lost. It asks, shows and brings back; services read and write."""
