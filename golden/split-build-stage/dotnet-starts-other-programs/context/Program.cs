System.Diagnostics.Process.Start("git", "pull");
