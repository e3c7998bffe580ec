"""The Home tab, composed of the slices' own sections."""
