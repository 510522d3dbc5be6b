module example.com/shop/server/v2

go 1.22
