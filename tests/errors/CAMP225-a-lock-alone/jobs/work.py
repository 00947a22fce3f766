import distlib

print(distlib.__version__)
