INSERT DATA { law:zz sti:lawNumber "1" . law:ai-bill sti:lawNumber "1" }
