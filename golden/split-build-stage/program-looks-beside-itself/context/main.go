package main
import ("fmt";"os";"path/filepath")
func main(){ p,_:=os.Executable(); b,e:=os.ReadFile(filepath.Join(filepath.Dir(p),"conf","a.yaml")); fmt.Println(string(b),e) }
