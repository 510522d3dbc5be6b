package main
import ("fmt";"os")
func main(){ b,e:=os.ReadFile("data/x.txt"); fmt.Println(string(b),e) }
