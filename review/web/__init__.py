"""The pages: one blueprint per noun. A route parses, makes one call into `work`, renders."""
