"""What every request meets: ids, limits, headers, access, problem documents."""
