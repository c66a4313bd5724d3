"""The window's commands, parted by what they do. Each holds nothing of the application and asks it of the host."""
