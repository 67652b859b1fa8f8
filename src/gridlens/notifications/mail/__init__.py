"""What a mail says and how it looks: numbers, dates, tables, Markdown, attachments."""
