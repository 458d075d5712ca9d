"""From the bytes a producer sends to stored reports and a receipt."""
