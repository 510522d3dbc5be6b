package main
import (_ "embed";"fmt";"os")
//go:embed web/i.html
var s string
func main(){ b,e:=os.ReadFile("web/i.html"); fmt.Println(s,string(b),e) }
