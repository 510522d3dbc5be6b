module example.com/teapot

go 1.23
