package chat

// Permission is the id of a right; which roles hold it is data.
type Permission string
