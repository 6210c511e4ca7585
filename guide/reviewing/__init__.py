"""What a change means for readers: two versions of each record compared, where records are shown, and a report."""
