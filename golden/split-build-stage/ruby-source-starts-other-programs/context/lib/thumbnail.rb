def thumbnail(path)
  system('convert', path, '-resize', '100x100', "#{path}.png")
end
