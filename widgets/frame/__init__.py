"""The frame around the views: bars, docks, banners, toasts. Each bar is one painted widget."""
