print("moderato")
