"""What a person does with a draft, without a window and without files: ports are the edges."""
